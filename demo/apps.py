from mats_portal.web import furnishing


class DemoConfig(furnishing.Furnished):
    name = "demo"
    label = "demo"
    demo_logins = ("demo.people.personas",)
