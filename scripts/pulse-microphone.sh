#!/usr/bin/env bash
# A private PulseAudio whose null sink is a microphone in real time: for tests and trials without sound hardware.
#
# usage: pulse-microphone.sh start|stop FOLDER
# `start` prints the environment to set: ALSA's device `pmic` then records what paplay plays into the sink `mic`. No system file is
# touched; works as root and as a user. Needs pulseaudio, pulseaudio-utils, libasound2-plugins.
set -euo pipefail
folder=${2:?usage: pulse-microphone.sh start|stop FOLDER}
export XDG_RUNTIME_DIR=$folder/run XDG_CONFIG_HOME=$folder/config PULSE_RUNTIME_PATH=$folder/run/pulse
export PULSE_STATE_PATH=$folder/state HOME=$folder
socket=$folder/run/pulse/native
case $1 in
start)
  mkdir -p "$folder/run/pulse" "$folder/config" "$folder/state"
  chmod 700 "$folder/run" "$folder/run/pulse"
  cat >"$folder/pulse.conf" <<CONF
load-module module-native-protocol-unix auth-anonymous=1 socket=$socket
load-module module-null-sink sink_name=mic rate=16000 channels=1 format=s16le
set-default-source mic.monitor
set-default-sink mic
CONF
  pulseaudio --daemonize=no -n -F "$folder/pulse.conf" --exit-idle-time=-1 --disable-shm=true --use-pid-file=no \
    --log-target="file:$folder/pulse.log" >/dev/null 2>&1 </dev/null &
  echo $! >"$folder/pid"
  for _ in $(seq 100); do
    pactl -s "unix:$socket" info >/dev/null 2>&1 && break
    sleep 0.05
  done
  pactl -s "unix:$socket" info >/dev/null
  plugin=$(find /usr/lib /usr/lib64 -name libasound_module_pcm_pulse.so 2>/dev/null | head -n 1)
  cat >"$folder/asound.conf" <<CONF
</usr/share/alsa/alsa.conf>
pcm_type.pulse { lib "$plugin" }
pcm.pmic { type pulse server "unix:$socket" device "mic.monitor" }
pcm.psink { type pulse server "unix:$socket" device "mic" }
CONF
  echo "export PULSE_SERVER=unix:$socket ALSA_CONFIG_PATH=$folder/asound.conf"
  ;;
stop)
  kill "$(cat "$folder/pid")" 2>/dev/null || true
  rm -f "$folder/pid" "$socket"
  ;;
*) echo "usage: $0 start|stop FOLDER" >&2; exit 64 ;;
esac
