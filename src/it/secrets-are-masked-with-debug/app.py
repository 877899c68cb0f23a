import os

from flask import Flask

app = Flask(__name__)
password = os.environ["DATABASE_PASSWORD"]
print("connecting as shop:" + password)
raise RuntimeError("refused: shop:" + password)
