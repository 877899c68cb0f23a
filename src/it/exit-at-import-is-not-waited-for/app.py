import sys

from flask import Flask

LICENSE = None

app = Flask(__name__)

if LICENSE is None:
    sys.exit(1)


@app.get("/")
def hello():
    return "Hello"
