"""Open a case, add a photograph, search, wait, print the leads: python client.py ADDRESS CODE PHOTOGRAPH < token"""

import http.client
import json
import pathlib
import sys
import time
import uuid

(scheme, _, host), token, edge = sys.argv[1].partition("://"), sys.stdin.readline().strip(), uuid.uuid4().hex


def ask(method: str, path: str, data: bytes | None = None, kind: str = "application/json") -> dict:
    line = (http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection)(host.rstrip("/"))
    sent = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid.uuid4()), "Content-Type": kind}
    line.request(method, f"/api/v1/{path}", data, sent)
    told: dict = json.loads((answer := line.getresponse()).read() or b"{}")
    return told if answer.status < 400 else sys.exit(f"{told['title']}: {told['detail']}")


case = ask("POST", "cases", json.dumps({"code": sys.argv[2], "kind": "deceased"}).encode())
head = f'--{edge}\r\nContent-Disposition: form-data; name="picture"; filename="p"\r\n\r\n'.encode()
form = head + pathlib.Path(sys.argv[3]).read_bytes() + f"\r\n--{edge}--\r\n".encode()
ask("POST", f"subjects/{case['subject']}/photographs", form, f"multipart/form-data; boundary={edge}")
number = ask("POST", f"cases/{case['id']}/searches", b'{"top": 8}')["job"]
while (job := ask("GET", f"jobs/{number}"))["state"] in ("waiting", "running"):
    time.sleep(0.5)
found = ask("POST", f"searches/{job['result']['search']}/look") if job["state"] == "done" else sys.exit(job["sentence"])
leads = [f"{each['rank']:>3}  {each['score']:.3f}  {each['person_ref']}" for each in found["answer"]["candidates"]]
print(found["warning"], *leads, f"None of these: {found['none_of_these']}", *found["none_of_these_means"], sep="\n")
