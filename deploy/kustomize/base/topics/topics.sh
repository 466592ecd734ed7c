#!/usr/bin/env bash
# Brings a broker to the topics of a list: topics.sh LIST
# A line of the list: name, partitions, cleanup policy, retention in ms ("-" where compacted). Creates what is missing, sets
# what differs, and refuses when a number of partitions differs: a key must stay in its partition, or its order is lost.
# Environment: KAFKA_BOOTSTRAP_SERVERS, TOPICS_REPLICATION, TOPICS_IN_SYNC_LEAST, TOPICS_CLIENT_SETTINGS (a file, may be missing),
# KAFKA_TOOLS (the folder of Kafka's scripts).
set -euo pipefail

list=${1:?topics.sh LIST}
tools=${KAFKA_TOOLS:-/opt/kafka/bin}
servers=${KAFKA_BOOTSTRAP_SERVERS:?the addresses of the brokers}
replication=${TOPICS_REPLICATION:?how many copies of each partition}
in_sync_least=${TOPICS_IN_SYNC_LEAST:?how many copies must have a record before it counts}
client=()
[ ! -f "${TOPICS_CLIENT_SETTINGS:-}" ] || client=(--command-config "$TOPICS_CLIENT_SETTINGS")

topics() { "$tools/kafka-topics.sh" --bootstrap-server "$servers" ${client[@]+"${client[@]}"} "$@"; }
configs() { "$tools/kafka-configs.sh" --bootstrap-server "$servers" ${client[@]+"${client[@]}"} --entity-type topics "$@"; }

# Two questions for all topics: each start of a tool costs a second.
declare -A partitions settings
while read -r name count; do
    partitions[$name]=$count
done < <(topics --describe | sed -n 's/^Topic: *\([^[:space:]]*\).*PartitionCount: *\([0-9]*\).*/\1 \2/p')
name=
while IFS= read -r line; do
    if [[ $line =~ ^Dynamic\ configs\ for\ topic\ ([^ ]+)\ are: ]]; then
        name=${BASH_REMATCH[1]}
    elif [[ $line =~ ^\ *([a-z.]+)=([^ ]*) ]]; then
        settings[$name/${BASH_REMATCH[1]}]=${BASH_REMATCH[2]}
    fi
done < <(configs --describe)

created=0 changed=0 refused=0
while IFS=$'\t' read -r name count cleanup retention; do
    [ -n "$name" ] && [[ $name != \#* ]] || continue
    wanted=("cleanup.policy=$cleanup" "min.insync.replicas=$in_sync_least")
    [ "$retention" = - ] || wanted+=("retention.ms=$retention")
    if [ -z "${partitions[$name]:-}" ]; then
        arguments=()
        for setting in "${wanted[@]}"; do arguments+=(--config "$setting"); done
        topics --create --if-not-exists --topic "$name" --partitions "$count" --replication-factor "$replication" "${arguments[@]}"
        created=$((created + 1))
        continue
    fi
    if [ "${partitions[$name]}" != "$count" ]; then
        echo "Topic $name has ${partitions[$name]} partitions, and $count are declared. They are fixed for good; see deploy/README.md." >&2
        refused=$((refused + 1))
    fi
    differing=()
    for setting in "${wanted[@]}"; do
        [ "${settings[$name/${setting%%=*}]:-}" = "${setting#*=}" ] || differing+=("$setting")
    done
    if [ ${#differing[@]} -gt 0 ]; then
        configs --alter --entity-name "$name" --add-config "$(IFS=,; echo "${differing[*]}")"
        changed=$((changed + 1))
    fi
done <"$list"
echo "topics: $created created, $changed changed, $refused refused"
[ "$refused" -eq 0 ]
