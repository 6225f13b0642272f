#!/bin/sh
# Makes a topic and lists all topics of a community with curl: of the emulator, or of the live service.
#
# In a checkout, after `npm ci`, in its root:
#
#   npm run emulator -- --port 8080 --tls          # in another terminal; prints the certificate's path
#   export CURL_CA_BUNDLE=<that path>
#   TENCENT_CHAT_USER_SIG=$(node examples/curl/user-sig.js) sh examples/curl/topics.sh
#
# In a project that has the package, the first is `npx --no tencent-chat emulator --port 8080 --tls`. A second run finds the
# topic there. A command that the service refuses ends the script with exit code 1.
# Settings come from the environment, as for the Pulumi provider; what is missing is the emulator's.
set -eu
endpoint=${TENCENT_CHAT_ENDPOINT:-https://127.0.0.1:8080}
app=${TENCENT_CHAT_SDK_APP_ID:-1400000000}
admin=${TENCENT_CHAT_ADMIN_ACCOUNT:-administrator}
group=${GROUP_ID:-@TGS#_players}

# call <service> <command> <body>: prints the answer. It fails where the service refuses, which HTTP status 200 hides.
call() {
  # The signature goes in by a file of settings: on the command line every user of the machine could read it.
  answer=$(curl --silent --show-error --fail --max-time 10 --header 'Content-Type: application/json' --data "$3" \
    --config - <<END
url = "$endpoint/v4/$1/$2?sdkappid=$app&identifier=$admin&usersig=$TENCENT_CHAT_USER_SIG&random=$$&contenttype=json"
END
  )
  printf '%s\n' "$answer"
  case $(printf '%s' "$answer" | tr -d ' \t\r\n') in
    *'"ActionStatus":"OK"'*) ;;
    *'"ErrorCode":10021'[,}]*) echo "the id exists already" >&2 ;;
    *) return 1 ;;
  esac
}

call group_open_http_svc import_topic \
  "{\"GroupId\":\"$group\",\"TopicId\":\"$group@TOPIC#_curl\",\"TopicName\":\"From curl\"}"
call million_group_open_http_svc get_topic "{\"GroupId\":\"$group\",\"From_Account\":\"$admin\"}"
