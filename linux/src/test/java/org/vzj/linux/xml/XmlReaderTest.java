package org.vzj.linux.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlReaderTest {
  @Test
  void elementsAttributesTextAndSections() throws XmlException {
    XmlElement root =
        XmlReader.parse(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- by <hand> -->
            <a one="1" two='&lt;&#x41;"'>
              <b/>
              <b x = "y" >te&amp;xt<![CDATA[ <raw> &amp; ]]>!</b >
            </a>
            """);
    assertThat(root.name()).isEqualTo("a");
    assertThat(root.attribute("one")).isEqualTo("1");
    assertThat(root.attribute("two")).isEqualTo("<A\"");
    assertThat(root.attribute("three")).isNull();
    assertThat(root.children()).hasSize(2);
    assertThat(root.children().get(1).text()).isEqualTo("te&xt <raw> &amp; !");
    assertThat(root.childText("b")).isEmpty();
    assertThat(root.childText("c")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "<a>",
        "<a></b>",
        "</a>",
        "<a/><b/>",
        "<a b></a>",
        "<a b=c></a>",
        "<a b='1' b='2'/>",
        "<a b='<'/>",
        "<a>&nbsp;</a>",
        "<a>&#xffffffff;</a>",
        "<a>&#0;</a>",
        "<a>& </a>",
        "<a / >",
        "<a><![CDATA[</a>",
        "<!-- <a/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        "<a"
      })
  void otherTextsAreRefused(String text) {
    assertThatThrownBy(() -> XmlReader.parse(text))
        .isInstanceOf(XmlException.class)
        .hasMessageStartingWith("line 1: ");
  }

  @Test
  void depthIsBounded() throws XmlException {
    int most = XmlReader.MAX_DEPTH;
    assertThat(XmlReader.parse("<a>".repeat(most) + "</a>".repeat(most)).name()).isEqualTo("a");
    assertThatThrownBy(() -> XmlReader.parse("<a>".repeat(most + 1)))
        .isInstanceOf(XmlException.class)
        .hasMessageContaining("more than 2000 elements");
  }

  @Test
  void whatIsWrittenIsReadAgain() throws XmlException {
    String hostile = "a<b>&\"'c ]]> ]]]]>> d\n\té\u0007";
    String text = "<x y=\"" + XmlText.escape(hostile) + "\">" + XmlText.cdata(hostile) + "</x>";
    XmlElement read = XmlReader.parse(text);
    assertThat(read.attribute("y")).isEqualTo(hostile.replace('\u0007', '?'));
    assertThat(read.text()).isEqualTo(hostile.replace('\u0007', '?'));
  }

  @Test
  void filesMustBeSmallAndReal(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("a.xml");
    assertThatThrownBy(() -> XmlReader.read(file)).isInstanceOf(NoSuchFileException.class);
    Files.writeString(file, "<a>1</a>");
    assertThat(XmlReader.read(file).text()).isEqualTo("1");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    assertThatThrownBy(() -> XmlReader.read(link)).hasMessageContaining("not a regular file");
    Files.write(file, new byte[XmlReader.MAX_BYTES + 1]);
    assertThatThrownBy(() -> XmlReader.read(file)).hasMessageContaining("larger than 4 MB");
    Files.writeString(file, "<a>\n</b>");
    assertThatThrownBy(() -> XmlReader.read(file))
        .hasMessage(file + ": line 2: </b> does not belong here");
  }
}
