"""Makes a topic and lists all topics of a community, over the Chat REST API: of the emulator, or of the live service.

In a checkout, after `npm ci`, in its root:

    npm run emulator -- --port 8080 --tls          # in another terminal; prints the certificate's path
    python3 -m venv .local/venv && .local/venv/bin/pip install -r examples/python/requirements.txt
    SSL_CERT_FILE=<that path> .local/venv/bin/python examples/python/topics.py

In a project that has the package, the first is `npx --no tencent-chat emulator --port 8080 --tls`. A second run finds the
topic there. A command that the service refuses ends the program with exit code 1.
Settings come from the environment, as for the Pulumi provider; what is missing is the emulator's.
"""

import json
import os
import random
import sys
import urllib.parse
import urllib.request

from TLSSigAPIv2 import TLSSigAPIv2

ENDPOINT = os.environ.get("TENCENT_CHAT_ENDPOINT", "https://127.0.0.1:8080")
SDK_APP_ID = int(os.environ.get("TENCENT_CHAT_SDK_APP_ID", "1400000000"))
SECRET_KEY = os.environ.get(
    "TENCENT_CHAT_SECRET_KEY", "emulator-only-key-0000000000000000000000000000000000000000000000"
)
ADMIN = os.environ.get("TENCENT_CHAT_ADMIN_ACCOUNT", "administrator")
GROUP_ID = os.environ.get("GROUP_ID", "@TGS#_players")

ID_IS_TAKEN = 10021


def call(service: str, command: str, body: dict) -> dict:
    """Sends a command and returns its answer, which may be a refusal: HTTP is 200 for these too."""
    query = urllib.parse.urlencode(
        {
            "sdkappid": SDK_APP_ID,
            "identifier": ADMIN,
            "usersig": TLSSigAPIv2(SDK_APP_ID, SECRET_KEY).gen_sig(ADMIN, 3600),
            "random": random.randrange(2**32),
            "contenttype": "json",
        }
    )
    url = f"{ENDPOINT}/v4/{service}/{command}?{query}"
    with urllib.request.urlopen(url, data=json.dumps(body).encode(), timeout=10) as response:
        return json.load(response)


def expect_success(command: str, answer: dict) -> None:
    if answer["ErrorCode"] != 0:
        sys.exit(f"{command}: {answer['ErrorCode']} {answer['ErrorInfo']}")


topic_id = f"{GROUP_ID}@TOPIC#_python"
imported = call(
    "group_open_http_svc",
    "import_topic",
    {"GroupId": GROUP_ID, "TopicId": topic_id, "TopicName": "From Python"},
)
if imported["ErrorCode"] == ID_IS_TAKEN:
    print(f"{topic_id} exists already", file=sys.stderr)
else:
    expect_success("import_topic", imported)

topics = call("million_group_open_http_svc", "get_topic", {"GroupId": GROUP_ID, "From_Account": ADMIN})
expect_success("get_topic", topics)
for item in topics["TopicAndSelfInfo"]:
    print(item["TopicInfo"]["TopicId"], item["TopicInfo"]["TopicName"])
