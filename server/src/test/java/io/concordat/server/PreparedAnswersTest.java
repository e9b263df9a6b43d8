package io.concordat.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.RegisteredSchema;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreparedAnswersTest {
    private final PreparedAnswers answers = new PreparedAnswers();
    private int made;

    @Test
    void of_theSameRowAgain_givesTheAnswerThatWasMade() {
        RegisteredSchema row = row("\"string\"");

        assertThat(answer(row)).isSameAs(answer(row));
        assertThat(made).isEqualTo(1);
    }

    @Test
    void of_anotherRowThatIsEqual_makesItsOwn() {
        assertThat(answer(row("\"string\""))).isNotSameAs(answer(row("\"string\"")));
        assertThat(made).isEqualTo(2);
    }

    @Test
    void of_aLongAnswer_doesNotHoldIt() {
        RegisteredSchema row = row("\"" + "a".repeat(20_000) + "\"");

        assertThat(answer(row).body()).isEqualTo(answer(row).body());
        assertThat(made).isEqualTo(2);
    }

    @Test
    void of_manyRows_givesEachItsOwn() {
        for (int i = 0; i < 20_000; i++) {
            RegisteredSchema row = row("\"type" + i + "\"");
            assertThat(answer(row).body())
                    .isEqualTo(Answer.raw(row.content().text()).body());
        }
    }

    private Answer answer(RegisteredSchema row) {
        return answers.of(row, any -> {
            made++;
            return Answer.raw(any.content().text());
        });
    }

    private static RegisteredSchema row(String text) {
        SchemaContent content = SchemaContent.avro(text);
        return new RegisteredSchema(Subject.of("s"), 1, 1, content.guid(), content, Optional.empty(), false);
    }
}
