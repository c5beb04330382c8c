"""A gateway that only says it is well. Run by dummy_house.py."""

from http.server import BaseHTTPRequestHandler, HTTPServer

from registry.settings import Settings


class Health(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", Settings.from_environment().web_port), Health).serve_forever()
