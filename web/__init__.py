"""The site and the JSON API over an assistant: FastAPI, Jinja2, no JavaScript needed."""
