# Sets passwords of users inside a container; a user that there is not is made.
#
#   USERPW   user:password, several separated by blanks, or by line ends if there is one

SELFNAME=set_userpass

set -f
case "$USERPW" in
*"
"*)
	IFS='
'
	;;
esac
for entry in $USERPW; do
	user=${entry%%:*}
	case "$entry" in
	?*:?*) ;;
	*) error "not a user and a password: $user" "$VZ_CHANGEPASS" ;;
	esac
	vz_get /etc/passwd "$user:" > /dev/null ||
		useradd -m "$user" 2> /dev/null || adduser -D "$user" ||
		error "cannot make user $user" "$VZ_CHANGEPASS"
	printf '%s\n' "$entry" | chpasswd ||
		printf '%s\n' "${entry#*:}" | passwd --stdin "$user" ||
		error "cannot set the password of $user" "$VZ_CHANGEPASS"
done
exit 0
