package io.kubespring.apiserver.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Links in HTML, however it is cut into pieces. */
class HtmlLinksTest {

    private static final String PAGE = """
        <!DOCTYPE html>
        <!-- <a href="/comment"> --><HTML manifest=/m><head profile='/p'><title>a <a href="/title"> b</title>
        <script src="/s.js">document.write('<a href="/script">');</SCRIPT>
        <style>a { background: url(/css) } <a href="/style"></style>
        <a class="x > y" href = "/a?b=1&amp;c" title='/t'>1 < 2</a><img src=/i.png longdesc="/l"/>
        <form action="/f" data-action="/no"><input formaction="/fa"></form><a href>x</a><b href="/no">é</b>
        <a href="/one" href='/two'></a x="/no"><a href="rel/x">< a href="/no"></html>\
        """;

    private static final String REWRITTEN = """
        <!DOCTYPE html>
        <!-- <a href="/comment"> --><HTML manifest=[/m]><head profile='[/p]'><title>a <a href="/title"> b</title>
        <script src="[/s.js]">document.write('<a href="/script">');</SCRIPT>
        <style>a { background: url(/css) } <a href="/style"></style>
        <a class="x > y" href = "[/a?b=1&amp;c]" title='/t'>1 < 2</a><img src=[/i.png] longdesc="[/l]"/>
        <form action="[/f]" data-action="/no"><input formaction="[/fa]"></form><a href>x</a><b href="/no">é</b>
        <a href="[/one]" href='[/two]'></a x="/no"><a href="[rel/x]">< a href="/no"></html>\
        """;

    private static String marked(String link) {
        return "[" + link + "]";
    }

    private static String through(byte[] page, SplittableRandom random, int longest) {
        var html = new HtmlLinks(HtmlLinksTest::marked);
        var out = new ByteArrayOutputStream();
        for (int at = 0; at < page.length; ) {
            int size = Math.min(page.length - at, 1 + random.nextInt(longest));
            out.writeBytes(html.next(java.util.Arrays.copyOfRange(page, at, at + size)));
            at += size;
        }
        out.writeBytes(html.end());
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void onlyLinksInTagsChange() {
        byte[] page = PAGE.getBytes(StandardCharsets.UTF_8);
        assertThat(through(page, new SplittableRandom(1), page.length * 100)).isEqualTo(REWRITTEN);
    }

    @Test
    void anyCutGivesTheSamePage() {
        byte[] page = PAGE.getBytes(StandardCharsets.UTF_8);
        var random = new SplittableRandom(7);
        for (int longest = 1; longest < 40; longest++) {
            assertThat(through(page, random, longest))
                    .as("pieces up to %d", longest)
                    .isEqualTo(REWRITTEN);
        }
    }

    @Test
    void whatIsNoHtmlPassesUnchanged() {
        var random = new SplittableRandom(3);
        for (int round = 0; round < 300; round++) {
            byte[] noise = new byte[random.nextInt(2000)];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (byte) "<>ab=\"'/!- \n".charAt(random.nextInt(12));
            }
            var html = new HtmlLinks(link -> link);
            var out = new ByteArrayOutputStream();
            out.writeBytes(html.next(noise));
            out.writeBytes(html.end());
            assertThat(out.toByteArray()).isEqualTo(noise);
        }
    }

    @Test
    void anEndlessTagIsNotHeldBack() {
        var html = new HtmlLinks(link -> link);
        byte[] piece = "<a ".repeat(1).concat("x ".repeat(8000)).getBytes(StandardCharsets.UTF_8);
        long held = 0;
        for (int i = 0; i < 100; i++) {
            held += piece.length - html.next(piece).length;
        }
        assertThat(held).isLessThan(128 * 1024);
    }
}
