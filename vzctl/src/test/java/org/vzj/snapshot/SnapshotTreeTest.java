package org.vzj.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzj.linux.xml.XmlException;
import org.vzj.linux.xml.XmlReader;

class SnapshotTreeTest {
  private static final String DATE = "2013-01-22 14:11:26";

  private static String guid(int number) {
    return "{0d084df6-df98-4ef1-b8e3-64a59aaf5e"
        + (number < 16 ? "0" : "")
        + Integer.toHexString(number)
        + "}";
  }

  private static Snapshot snapshot(int number) {
    return new Snapshot(guid(number), "", "name " + number, "", DATE);
  }

  private static Snapshot find(SnapshotTree tree, int number) {
    Snapshot found = tree.find(guid(number));
    assertThat(found).as("snapshot " + number).isNotNull();
    return found == null ? snapshot(number) : found;
  }

  /** 1 - 2 - 3 (current), 1 - 4. */
  private static SnapshotTree fork() {
    SnapshotTree line = SnapshotTree.EMPTY.with(snapshot(1)).with(snapshot(2)).with(snapshot(3));
    SnapshotTree fork = line.switchedTo(find(line, 1)).with(snapshot(4));
    return fork.switchedTo(find(fork, 3));
  }

  @Test
  void aNewOneComesBelowTheCurrentOne() {
    SnapshotTree tree = fork();
    assertThat(tree.current()).isEqualTo(guid(3));
    assertThat(find(tree, 1).parent()).isEmpty();
    assertThat(find(tree, 2).parent()).isEqualTo(guid(1));
    assertThat(find(tree, 3).parent()).isEqualTo(guid(2));
    assertThat(find(tree, 4).parent()).isEqualTo(guid(1));
    assertThat(tree.lineage(guid(3)))
        .extracting(Snapshot::guid)
        .containsExactly(guid(3), guid(2), guid(1));
    assertThat(tree.lineage(guid(9))).isEmpty();
    assertThat(tree.find(guid(10).toUpperCase(java.util.Locale.ROOT))).isNull();
    assertThat(tree.find(guid(1).toUpperCase(java.util.Locale.ROOT))).isEqualTo(find(tree, 1));
  }

  @Test
  void aRemovedOneLeavesItsChildrenToItsParent() {
    SnapshotTree tree = fork();
    SnapshotTree middle = tree.without(find(tree, 2));
    assertThat(find(middle, 3).parent()).isEqualTo(guid(1));
    assertThat(middle.current()).isEqualTo(guid(3));
    SnapshotTree first = tree.without(find(tree, 1));
    assertThat(find(first, 2).parent()).isEmpty();
    assertThat(find(first, 4).parent()).isEmpty();
  }

  @Test
  void afterTheCurrentOneItsParentIsCurrent() {
    SnapshotTree tree = fork();
    SnapshotTree without = tree.without(find(tree, 3));
    assertThat(without.current()).isEqualTo(guid(2));
    SnapshotTree one = SnapshotTree.EMPTY.with(snapshot(1));
    assertThat(one.without(find(one, 1)).current()).isEmpty();
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    SnapshotTree tree =
        fork()
            .with(
                new Snapshot(
                    guid(7), "", "a<b> & \"c\"", "two\nlines ]]> and </Description>", DATE));
    String text = SnapshotXml.write(tree);
    SnapshotTree read = SnapshotXml.read(XmlReader.parse(text));
    assertThat(read.all()).containsExactlyInAnyOrderElementsOf(tree.all());
    assertThat(read.current()).isEqualTo(guid(7));
    assertThat(SnapshotXml.write(read)).isEqualTo(text);
    SnapshotTree none = SnapshotXml.read(XmlReader.parse(SnapshotXml.write(SnapshotTree.EMPTY)));
    assertThat(none.all()).isEmpty();
  }

  @Test
  void theFormIsThatOfVirtuozzo() {
    assertThat(SnapshotXml.write(SnapshotTree.EMPTY.with(snapshot(1)).with(snapshot(2))))
        .isEqualTo(
            """
            <?xml version="1.0"?>
            <ParallelsSavedStates>
              <SavedStateItem guid="">
                <Name/>
                <DateTime/>
                <Creator/>
                <ScreenShot/>
                <Description/>
                <SavedStateItem guid="{0d084df6-df98-4ef1-b8e3-64a59aaf5e01}">
                  <Name>name 1</Name>
                  <DateTime>2013-01-22 14:11:26</DateTime>
                  <Creator/>
                  <ScreenShot/>
                  <Description><![CDATA[]]></Description>
                  <SavedStateItem guid="{0d084df6-df98-4ef1-b8e3-64a59aaf5e02}" current="yes">
                    <Name>name 2</Name>
                    <DateTime>2013-01-22 14:11:26</DateTime>
                    <Creator/>
                    <ScreenShot/>
                    <Description><![CDATA[]]></Description>
                  </SavedStateItem>
                </SavedStateItem>
              </SavedStateItem>
            </ParallelsSavedStates>
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Other/>",
        "<ParallelsSavedStates><SavedStateItem/></ParallelsSavedStates>",
        "<ParallelsSavedStates><SavedStateItem guid='{../../../etc/passwd}'/></ParallelsSavedStates>",
        "<ParallelsSavedStates><SavedStateItem guid='{0d084df6-df98-4ef1-b8e3-64a59aaf5e01}'/>"
            + "<SavedStateItem guid='{0D084DF6-df98-4ef1-b8e3-64a59aaf5e01}'/></ParallelsSavedStates>",
        "<ParallelsSavedStates><SavedStateItem guid='{0d084df6-df98-4ef1-b8e3-64a59aaf5e01}'>"
            + "<SavedStateItem guid=''/></SavedStateItem></ParallelsSavedStates>"
      })
  void otherFilesAreRefused(String text) throws XmlException {
    assertThatThrownBy(() -> SnapshotXml.read(XmlReader.parse(text)))
        .isInstanceOf(BadSnapshotsException.class);
  }

  @Test
  void guidsWithAndWithoutBraces() {
    String bare = "0D084df6-df98-4ef1-b8e3-64a59aaf5ec5";
    assertThat(Guid.parse(bare)).isEqualTo("{" + bare + "}");
    assertThat(Guid.parse("{" + bare + "}")).isEqualTo("{" + bare + "}");
    for (String bad :
        new String[] {
          "",
          "{}",
          "{" + bare,
          bare + "}",
          bare + "0",
          bare.replace('-', '0'),
          "g" + bare.substring(1)
        }) {
      assertThat(Guid.parse(bad)).as(bad).isNull();
    }
    String random = Guid.random();
    assertThat(Guid.parse(random)).isEqualTo(random);
    assertThat(Guid.random()).isNotEqualTo(random);
  }
}
