"""Where Streamlit starts: its script, and beside it its settings and nothing else.

Streamlit puts the script's folder first on Python's path, so a module here could hide a library's.
"""
