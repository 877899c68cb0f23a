import requests
from flask import Flask

app = Flask(__name__)


@app.get("/")
def weather():
    return requests.get("https://api.example.com/weather", timeout=5).json()
