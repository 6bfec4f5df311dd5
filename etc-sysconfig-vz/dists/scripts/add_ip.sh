# Adds addresses of venet0 to the network configuration inside a container.
#
#   IP_ADDR    the addresses, with a length of the prefix or without; at the start all there are
#   IPDELALL   yes: in place of those that it has
#   VE_STATE   starting: init does not run yet; running
#
# One script for all distributions: what is there says where they belong.

SELFNAME=add_ip
vz_venet add
exit 0
