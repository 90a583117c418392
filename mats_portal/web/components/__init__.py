"""The furniture of every screen: template tags, one module per kind of thing, shown on /styleguide/."""
