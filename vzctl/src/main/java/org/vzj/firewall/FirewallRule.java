package org.vzj.firewall;

/** One rule of a container's firewall. */
public sealed interface FirewallRule permits FilterRule, ForwardRule, NatRule {
  /** The rule in its one canonical form, from which the same rule is read again. */
  String text();
}
