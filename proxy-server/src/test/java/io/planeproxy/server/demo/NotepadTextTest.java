package io.planeproxy.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.server.demo.NotepadText.Edit;
import org.junit.jupiter.api.Test;

final class NotepadTextTest {
    private final NotepadText text = new NotepadText();

    @Test
    void editsOfOneWindowFollowEachOther() {
        made(0, 0, 0, "hello");
        made(1, 5, 0, " world");
        made(2, 0, 5, "HELLO");
        assertEquals("HELLO world", text.toString());
        assertEquals(3, text.revision());
    }

    @Test
    void twoWhoTypeAtTheSamePlaceBothKeepTheirWords() {
        made(0, 0, 0, "A");
        made(0, 0, 0, "B");
        assertEquals("AB", text.toString());
    }

    @Test
    void anEditOnAnOlderTextMovesToWhereItBelongs() {
        made(0, 0, 0, "one two");
        made(1, 0, 0, "zero ");
        made(1, 7, 0, " three");
        assertEquals("zero one two three", text.toString());
    }

    @Test
    void removingTheLastCharacterSparesWhatSomebodyAddsBehindIt() {
        made(0, 0, 0, "abc");
        made(1, 3, 0, "X");
        made(1, 2, 1, "");
        assertEquals("abX", text.toString());
    }

    @Test
    void theSameCharacterRemovedTwiceIsRemovedOnce() {
        made(0, 0, 0, "abc");
        made(1, 1, 1, "");
        made(1, 1, 1, "");
        assertEquals("ac", text.toString());
    }

    @Test
    void twoWhoReplaceTheSameWordBothKeepTheirs() {
        made(0, 0, 0, "old end");
        made(1, 0, 3, "new");
        made(1, 0, 3, "newer");
        assertEquals("newnewer end", text.toString());
    }

    @Test
    void wordsTypedIntoWhatSomebodyRemovesStayWholeHoweverManyTheyAre() {
        made(0, 0, 0, "a.....z");
        made(1, 3, 0, "<one>");
        made(2, 4, 0, "two><");
        made(1, 1, 5, "");
        made(3, 4, 0, "three><");
        assertEquals("a<three><two><one>z", text.toString());
    }

    @Test
    void anEditInTwoPartsIsTwoRevisions() {
        made(0, 0, 0, "abcd");
        made(1, 2, 0, "X");
        made(1, 1, 2, "y");
        assertEquals("ayXd", text.toString());
        assertEquals(4, text.revision());
    }

    @Test
    void anEditThatWouldFallIntoTooManyPartsIsRefused() {
        made(0, 0, 0, "x".repeat(100));
        for (int i = 0; i < 40; i++) {
            made(1 + i, 1 + 3 * i, 0, "y");
        }
        refused(1, 0, 100, "");
        assertEquals(140, text.toString().length());
    }

    @Test
    void anEditBeyondTheEndIsRefusedAndChangesNothing() {
        made(0, 0, 0, "abc");
        refused(1, 2, 2, "x");
        assertEquals("abc", text.toString());
        assertEquals(1, text.revision());
    }

    @Test
    void theTextGrowsToItsLimitAndNoFurther() {
        made(0, 0, 0, "x".repeat(NotepadText.LIMIT));
        refused(1, 0, 0, "y");
        made(1, 0, 1, "y");
        assertEquals(NotepadText.LIMIT, text.toString().length());
    }

    @Test
    void aRevisionThatIsNotKnownIsRefused() {
        refused(1, 0, 0, "x");
        refused(-1, 0, 0, "x");
        for (int revision = 0; revision < 300; revision++) {
            made(revision, 0, 0, "x");
        }
        refused(0, 0, 0, "too late");
        assertEquals("x".repeat(300), text.toString());
    }

    private void made(int base, int at, int remove, String insert) {
        assertInstanceOf(Edit.Made.class, text.edit(base, new Splice(at, remove, insert)));
    }

    private void refused(int base, int at, int remove, String insert) {
        Edit edit = text.edit(base, new Splice(at, remove, insert));
        assertTrue(edit instanceof Edit.Refused, () -> "Expected a refusal, got " + edit);
    }
}
