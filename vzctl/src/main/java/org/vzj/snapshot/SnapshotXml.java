package org.vzj.snapshot;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.vzj.linux.xml.XmlElement;
import org.vzj.linux.xml.XmlText;

/**
 * Snapshots.xml of Virtuozzo: {@code ParallelsSavedStates} with an item of an empty guid, in which
 * the snapshots are, each in the one that it was made from.
 */
public final class SnapshotXml {
  private static final String ROOT = "ParallelsSavedStates";
  private static final String ITEM = "SavedStateItem";
  private static final String GUID = "guid";
  private static final int MOST = 5000;

  private SnapshotXml() {}

  /** An item and the snapshot that it is in. */
  private record Nested(XmlElement item, String parent) {}

  /**
   * Understands a file.
   *
   * @param root its outermost element
   * @throws BadSnapshotsException for guids that are none or come twice, and for other files
   */
  public static SnapshotTree read(XmlElement root) throws BadSnapshotsException {
    if (!root.name().equals(ROOT)) {
      throw new BadSnapshotsException("it begins with " + root.name() + " in place of " + ROOT);
    }
    List<Snapshot> all = new ArrayList<>();
    Set<String> known = new HashSet<>();
    String current = "";
    Deque<Nested> open = new ArrayDeque<>();
    push(open, root, "");
    while (!open.isEmpty()) {
      Nested next = open.pop();
      XmlElement item = next.item();
      String text = item.attribute(GUID);
      if (text == null) {
        throw new BadSnapshotsException("a snapshot has no guid");
      }
      String guid = text.isEmpty() ? "" : Guid.parse(text);
      if (guid == null || (guid.isEmpty() && !next.parent().isEmpty())) {
        throw new BadSnapshotsException("guid " + text + " is none");
      }
      if (!guid.isEmpty()) {
        if (all.size() >= MOST || !known.add(guid.toLowerCase(Locale.ROOT))) {
          throw new BadSnapshotsException(
              all.size() >= MOST
                  ? "it has more than " + MOST + " snapshots"
                  : "guid " + guid + " comes twice");
        }
        all.add(
            new Snapshot(
                guid,
                next.parent(),
                item.childText("Name"),
                item.childText("Description"),
                item.childText("DateTime")));
        current = "yes".equals(item.attribute("current")) ? guid : current;
      }
      push(open, item, guid);
    }
    return new SnapshotTree(all, current);
  }

  /** The first comes to lie on top: what is below it follows it, as in the file. */
  private static void push(Deque<Nested> open, XmlElement parent, String guid) {
    for (XmlElement child : parent.children().reversed()) {
      if (child.name().equals(ITEM)) {
        open.push(new Nested(child, guid));
      }
    }
  }

  /** Returns the file's text. */
  public static String write(SnapshotTree tree) {
    StringBuilder out = new StringBuilder("<?xml version=\"1.0\"?>\n");
    if (tree.all().isEmpty()) {
      return out.append('<').append(ROOT).append("/>\n").toString();
    }
    out.append('<').append(ROOT).append(">\n  <SavedStateItem guid=\"\">\n");
    out.append("    <Name/>\n    <DateTime/>\n    <Creator/>\n    <ScreenShot/>\n");
    out.append("    <Description/>\n");
    writeBelow("", tree, 2, out);
    return out.append("  </SavedStateItem>\n</").append(ROOT).append(">\n").toString();
  }

  private static void writeBelow(String parent, SnapshotTree tree, int depth, StringBuilder out) {
    String blanks = "  ".repeat(depth);
    for (Snapshot snapshot : tree.all()) {
      if (!snapshot.parent().equals(parent)) {
        continue;
      }
      out.append(blanks).append("<SavedStateItem guid=\"").append(snapshot.guid()).append('"');
      out.append(tree.isCurrent(snapshot) ? " current=\"yes\">\n" : ">\n");
      element("Name", XmlText.escape(snapshot.name()), blanks, out);
      element("DateTime", XmlText.escape(snapshot.date()), blanks, out);
      out.append(blanks).append("  <Creator/>\n");
      out.append(blanks).append("  <ScreenShot/>\n");
      element("Description", XmlText.cdata(snapshot.description()), blanks, out);
      writeBelow(snapshot.guid(), tree, depth + 1, out);
      out.append(blanks).append("</SavedStateItem>\n");
    }
  }

  private static void element(String name, String content, String blanks, StringBuilder out) {
    out.append(blanks).append("  <").append(name).append('>').append(content);
    out.append("</").append(name).append(">\n");
  }
}
