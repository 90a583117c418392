"""Addresses of interest, recommendations, links, actions and channels."""

from django.urls import include, path

from applications.outreach.views import channels, following, interest, public

app_name = "outreach"

inside = [
    path("interest/", interest.interest, name="interest"),
    path("interest/thanks/", interest.thanks, name="thanks"),
    path("recommend/", public.recommend, name="recommend"),
    path("recommend/thanks/", public.recommended, name="recommended"),
    path("outreach/", interest.outreach, name="outreach"),
    path("outreach/recommendations/", following.recommendations, name="recommendations"),
    path("outreach/recommendations/<str:code>/contact/", following.contact, name="contact"),
    path("outreach/actions/", following.actions, name="actions"),
    path("outreach/actions/<str:code>/remove/", following.remove_action, name="remove_action"),
    path("outreach/links/", following.links, name="links"),
    path("outreach/channels/", channels.channels, name="channels"),
    path("outreach/channels/add/", channels.channel, name="add_channel"),
    path("outreach/channels/<str:code>/", channels.channel, name="channel"),
    path("outreach/channels/<str:code>/remove/", channels.remove, name="remove"),
]
urlpatterns = [path("cohorts/<slug:slug>/", include(inside)), path("go/<str:code>/", public.go, name="go")]
