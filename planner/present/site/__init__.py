"""Static pages: templates and styles that need no server, and the site made of them."""
