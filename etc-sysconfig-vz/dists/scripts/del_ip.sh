# Removes addresses of venet0 from the network configuration inside a container.
#
#   IP_ADDR    the addresses
#   IPDELALL   yes: all that it has
#   VE_STATE   running

SELFNAME=del_ip
vz_venet del
exit 0
