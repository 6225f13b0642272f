"""Makes a topic and lists all topics of a community, over the Chat REST API: of the emulator, or of the live service.

    python3 -m venv .venv && .venv/bin/pip install -r requirements.txt
    tencent-chat emulator --port 8080 --tls        # in another terminal; prints the certificate's path
    SSL_CERT_FILE=<that path> .venv/bin/python topics.py

Settings come from the environment, as for the Pulumi provider; what is missing is the emulator's.
"""

import json
import os
import random
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


def call(service: str, command: str, body: dict) -> dict:
    """Sends a command and returns its answer. HTTP is 200 for failures too: the verdict is in the body."""
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
        answer = json.load(response)
    if answer["ErrorCode"] != 0:
        raise RuntimeError(f"{command}: {answer['ErrorCode']} {answer['ErrorInfo']}")
    return answer


call(
    "group_open_http_svc",
    "import_topic",
    {"GroupId": GROUP_ID, "TopicId": f"{GROUP_ID}@TOPIC#_python", "TopicName": "From Python"},
)
topics = call("million_group_open_http_svc", "get_topic", {"GroupId": GROUP_ID, "From_Account": ADMIN})
for item in topics["TopicAndSelfInfo"]:
    print(item["TopicInfo"]["TopicId"], item["TopicInfo"]["TopicName"])
