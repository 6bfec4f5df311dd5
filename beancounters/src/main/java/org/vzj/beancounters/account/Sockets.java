package org.vzj.beancounters.account;

import java.nio.file.Path;

/** What the kernel tells of the sockets in a container's network namespace. */
final class Sockets {
  private static final String LISTENING = "0A";

  private final Path net;
  private boolean counted;
  private long all;
  private long tcp;
  private boolean tcpAdded;
  private long tcpSend;
  private long tcpReceive;
  private boolean udpAdded;
  private long udpSend;
  private long udpReceive;

  /**
   * @param net the directory net of its init in /proc
   */
  Sockets(Path net) {
    this.net = net;
  }

  /** TCP sockets that are connected or listen, of both address families. */
  long tcp() {
    count();
    return tcp;
  }

  /** All others: UNIX, UDP, netlink, raw ones, and TCP sockets that are not connected yet. */
  long others() {
    count();
    return Math.max(0, all - tcp);
  }

  private void count() {
    if (counted) {
      return;
    }
    counted = true;
    for (String file : new String[] {"sockstat", "sockstat6"}) {
      Lines lines = new Lines(Lines.read(net.resolve(file)));
      while (lines.next()) {
        if (lines.take("sockets: used")) {
          all = lines.number();
        } else if (lines.take("TCP: inuse") || lines.take("TCP6: inuse")) {
          tcp += lines.number();
        }
      }
    }
  }

  /** Bytes in TCP's send queues. */
  long tcpSendBytes() {
    tcpQueues();
    return tcpSend;
  }

  /** Bytes in TCP's receive queues. */
  long tcpReceiveBytes() {
    tcpQueues();
    return tcpReceive;
  }

  private void tcpQueues() {
    if (!tcpAdded) {
      tcpAdded = true;
      long[] sums = queues("tcp", "tcp6");
      tcpSend = sums[0];
      tcpReceive = sums[1];
    }
  }

  /** Bytes in UDP's send queues. */
  long datagramSendBytes() {
    udpQueues();
    return udpSend;
  }

  /** Bytes in UDP's receive queues. */
  long datagramReceiveBytes() {
    udpQueues();
    return udpReceive;
  }

  private void udpQueues() {
    if (!udpAdded) {
      udpAdded = true;
      long[] sums = queues("udp", "udp6");
      udpSend = sums[0];
      udpReceive = sums[1];
    }
  }

  private long[] queues(String... names) {
    long[] sums = new long[2];
    for (String name : names) {
      Lines lines = new Lines(Lines.read(net.resolve(name)));
      lines.next(); // the heading
      while (lines.next()) {
        lines.word(); // its number
        lines.word(); // local address
        lines.word(); // remote address
        String state = lines.word();
        String queues = lines.word();
        int colon = queues.indexOf(':');
        // The receive queue of one that listens is a number of connections.
        if (colon > 0 && !(state.equals(LISTENING) && name.startsWith("tcp"))) {
          sums[0] += Lines.number(queues.substring(0, colon), 16);
          sums[1] += Lines.number(queues.substring(colon + 1), 16);
        }
      }
    }
    return sums;
  }
}
