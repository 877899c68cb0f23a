from flask import Flask

app = Flask(__name__)

# Stands for a model that is loaded when the app is imported.
MODEL = b"\x01" * (400 * 1024 * 1024)


@app.get("/")
def size():
    return str(len(MODEL))
