"""What runs in the browser: the map, and the editor of YAML."""
