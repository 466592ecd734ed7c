#!/bin/sh
# Run once by the image, on an empty data folder: a role and a database of its own for every service. The passwords are files.
set -eu
for name in connector orders inventory catalog routing returns; do
    psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
        --set name="$name" --set password="$(cat "/etc/hubline/passwords/$name")" <<'SQL'
create role :"name" login password :'password';
create database :"name" owner :"name";
revoke all on database :"name" from public;
SQL
done
