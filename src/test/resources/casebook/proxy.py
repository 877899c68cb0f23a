"""A front end on port 8000 that hands every request to Gunicorn's Unix socket, answer headers included."""
import socket
import threading


def pipe(source, target):
    while data := source.recv(65536):
        target.sendall(data)
    target.shutdown(socket.SHUT_WR)


def serve(client):
    backend = socket.socket(socket.AF_UNIX)
    try:
        backend.connect("/tmp/app.sock")
        threading.Thread(target=pipe, args=(client, backend), daemon=True).start()
        pipe(backend, client)
    except OSError:
        pass
    finally:
        client.close()


front = socket.create_server(("0.0.0.0", 8000))
while True:
    connection, _ = front.accept()
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
