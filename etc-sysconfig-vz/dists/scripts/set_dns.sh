# Sets the name servers and the domains in which a container searches names. What is not given
# stays as it is.
#
#   NAMESERVER     addresses
#   SEARCHDOMAIN   names

SELFNAME=set_dns

# resolver FILE: the lines of resolv.conf(5); others in the file stay.
resolver()
{
	[ -e "$1" ] || : > "$1" || return 1
	{
		asked=$NAMESERVER
		[ -z "$SEARCHDOMAIN" ] || printf 'search %s\n' "$SEARCHDOMAIN"
		while IFS= read -r line || [ -n "$line" ]; do
			case "$line" in
			search[[:space:]]*|domain[[:space:]]*)
				[ -n "$SEARCHDOMAIN" ] || printf '%s\n' "$line"
				;;
			nameserver[[:space:]]*)
				servers
				[ -n "$NAMESERVER" ] || printf '%s\n' "$line"
				;;
			*)
				printf '%s\n' "$line"
				;;
			esac
		done
		servers
	} < "$1" | vz_replace "$1"
}

# servers: says who is asked, once.
servers()
{
	for server in $asked; do
		printf 'nameserver %s\n' "$server"
	done
	asked=
}

# services COMMAND...: has a running service read its files again, if it is there. Before init
# there is nothing in /run, and nobody to ask.
services()
{
	for entry in /run/*; do
		[ -e "$entry" ] || return 0
		break
	done
	! command -v "$1" > /dev/null 2>&1 || "$@" > /dev/null 2>&1 < /dev/null || :
}

# with_commas WORDS: separated by commas.
with_commas()
{
	list=
	for word in $1; do
		list="$list${list:+,}$word"
	done
	printf '%s\n' "$list"
}

# drop_in FILE SECTION NAME VALUE: NAME=VALUE in that section of a file of ours.
drop_in()
{
	[ -n "$4" ] || return 0
	mkdir -p "${1%/*}" || return 1
	[ -s "$1" ] || printf '[%s]\n' "$2" > "$1" || return 1
	vz_put_line "$1" "$3=" "$3=$4"
}

set_dns()
{
	file=/etc/resolv.conf
	if [ -L $file ]; then
		case "$(readlink $file)" in
		*/systemd/resolve/*)
			# The service writes that file; it has one of its own.
			file=/etc/systemd/resolved.conf.d/50-vz.conf
			drop_in $file Resolve DNS "$NAMESERVER" &&
				drop_in $file Resolve Domains "$SEARCHDOMAIN" || return 1
			services systemctl try-restart systemd-resolved.service
			return 0
			;;
		*/resolvconf/*)
			file=/etc/resolvconf/resolv.conf.d/base
			mkdir -p /etc/resolvconf/resolv.conf.d || return 1
			;;
		*)
			# Before init there is nothing in /run.
			[ -e $file ] || rm -f $file
			;;
		esac
	fi
	resolver $file || return 1
	if [ -e /etc/resolvconf.conf ]; then
		# openresolv
		[ -z "$NAMESERVER" ] || put_param /etc/resolvconf.conf name_servers "$NAMESERVER"
		[ -z "$SEARCHDOMAIN" ] || put_param /etc/resolvconf.conf search_domains "$SEARCHDOMAIN"
	fi
	services resolvconf -u
	if [ -d /etc/sysconfig/network ] && [ -e /etc/sysconfig/network/config ]; then
		# netconfig of SUSE
		file=/etc/sysconfig/network/config
		[ -z "$NAMESERVER" ] || put_param $file NETCONFIG_DNS_STATIC_SERVERS "$NAMESERVER"
		[ -z "$SEARCHDOMAIN" ] || put_param $file NETCONFIG_DNS_STATIC_SEARCHLIST "$SEARCHDOMAIN"
	fi
	if [ -d /etc/NetworkManager ]; then
		# It takes its word from here rather than from connections.
		file=/etc/NetworkManager/conf.d/50-vz-search.conf
		drop_in $file global-dns searches "$(with_commas "$SEARCHDOMAIN")" || return 1
		file=/etc/NetworkManager/conf.d/50-vz-servers.conf
		drop_in $file 'global-dns-domain-*' servers "$(with_commas "$NAMESERVER")" || return 1
		services nmcli general reload
	fi
}

[ -z "$NAMESERVER$SEARCHDOMAIN" ] || set_dns ||
	error "cannot write the name servers" "$VZ_FS_BAD_TMPL"
exit 0
