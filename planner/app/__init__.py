"""Streamlit pages, one file a page; the only package that imports streamlit."""
