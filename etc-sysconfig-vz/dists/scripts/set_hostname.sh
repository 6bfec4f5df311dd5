# Sets the host name inside a container, and makes it last.
#
#   HOSTNM    the name, with its domain or without
#   IP_ADDR   the first address of the container, or nothing
#   VE_STATE  starting: init does not run yet; running
#
# One script for all distributions: what is there says where the name belongs.

SELFNAME=set_hostname

set_hostname()
{
	short=${HOSTNM%%.*}
	name=$short
	if [ -e /etc/HOSTNAME ] && [ ! -L /etc/HOSTNAME ]; then
		# SUSE, Slackware
		printf '%s\n' "$HOSTNM" > /etc/HOSTNAME
		[ ! -e /etc/hostname ] || printf '%s\n' "$short" > /etc/hostname
	elif [ -e /etc/hostname ]; then
		printf '%s\n' "$short" > /etc/hostname
	elif [ -e /etc/sysconfig/network ] && [ ! -d /etc/sysconfig/network ]; then
		# Red Hat before systemd, ALT Linux
		name=$HOSTNM
		put_param /etc/sysconfig/network HOSTNAME "$HOSTNM"
	elif [ -e /etc/conf.d/hostname ]; then
		# Gentoo, Funtoo
		put_param /etc/conf.d/hostname hostname "$short"
	elif vz_get /etc/rc.conf HOSTNAME= > /dev/null; then
		# Arch Linux before systemd
		put_param /etc/rc.conf HOSTNAME "$short"
	else
		printf '%s\n' "$short" > /etc/hostname
	fi || error "cannot write the host name" "$VZ_FS_BAD_TMPL"

	# OpenRC reads this file even where the other one is there.
	if [ -e /etc/hostname ] && [ -e /etc/conf.d/hostname ]; then
		put_param /etc/conf.d/hostname hostname "$short"
	fi

	change_hostname /etc/hosts "$HOSTNM" "${IP_ADDR%%/*}"

	# There may be no such tool; the kernel takes the name by its file too.
	{ hostname "$name" || printf '%s\n' "$name" > /proc/sys/kernel/hostname; } 2> /dev/null ||
		error "cannot set the host name" "$VZ_FS_BAD_TMPL"
}

[ -z "$HOSTNM" ] || set_hostname
exit 0
