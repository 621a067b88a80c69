"""Open a case, add a photograph, search, wait, print the leads: python client.py ADDRESS CODE PHOTOGRAPH < token"""

import http.client
import json
import pathlib
import sys
import time
import urllib.parse
import uuid


class Antigone:
    def __init__(self, address: str, token: str) -> None:
        self.where, self.token = urllib.parse.urlsplit(address), token

    def ask(self, method: str, path: str, body: object = None, picture: bytes | None = None) -> dict:
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": str(uuid.uuid4())}
        data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        if picture is not None:
            # So long and so much by chance that no picture holds it.
            edge = uuid.uuid4().hex
            head = f'--{edge}\r\nContent-Disposition: form-data; name="picture"; filename="p"\r\n\r\n'
            data = head.encode() + picture + f"\r\n--{edge}--\r\n".encode()
            headers["Content-Type"] = f"multipart/form-data; boundary={edge}"
        secure = self.where.scheme == "https"
        line = (http.client.HTTPSConnection if secure else http.client.HTTPConnection)(self.where.netloc)
        line.request(method, f"/api/v1/{path}", data if method == "POST" else None, headers)
        answer = line.getresponse()
        told = json.loads(answer.read() or b"{}")
        return told if answer.status < 400 else sys.exit(f"{told['title']}: {told['detail']}")


def main(address: str, code: str, photograph: str, token: str) -> None:
    here = Antigone(address, token)
    case = here.ask("POST", "cases", {"code": code, "kind": "deceased"})
    here.ask("POST", f"subjects/{case['subject']}/photographs", picture=pathlib.Path(photograph).read_bytes())
    number = here.ask("POST", f"cases/{case['id']}/searches", {"top": 8})["job"]
    while (job := here.ask("GET", f"jobs/{number}"))["state"] in ("waiting", "running"):
        time.sleep(0.5)
    if job["state"] != "done":
        sys.exit(job["sentence"])
    found = here.ask("POST", f"searches/{job['result']['search']}/look")
    print(found["warning"])
    for lead in found["answer"]["candidates"]:
        print(f"{lead['rank']:>3}  {lead['score']:.3f}  {lead['person_ref']}")
    if found["answer"]["none_of_these"]:
        print("None of these passes.")


if __name__ == "__main__":
    main(*sys.argv[1:4], token=sys.stdin.readline().strip())
