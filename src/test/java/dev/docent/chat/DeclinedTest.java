package dev.docent.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeclinedTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "The passages do not answer this question.",
                "The provided passages don't mention a price.",
                "The documentation does not say how long a licence lasts.",
                "There is no information about a mobile app in the documentation.",
                "This is not covered in the documentation.",
                "I could not find anything about that.",
                "Die Passagen beantworten diese Frage nicht.",
                "Dazu enthält die Dokumentation keine Angaben.",
                "Les passages ne répondent pas à cette question.",
                "La documentación no menciona ese tema.",
                "A documentação não menciona isso.",
                "La documentazione non menziona questo argomento.",
                "В документации об этом ничего не сказано.",
                "文档中没有提到这个问题。",
                "提供されたドキュメントには、この質問への回答の記載はありません。",
                "제공된 문서에는 이 내용이 없습니다.",
            })
    void isASentenceThatSaysSo(String answer) {
        assertThat(Declined.is(answer)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Set `retries` to 3.",
                "Run `npm start` and open the page.",
                "Der Wert ist 5.",
                "Utilisez la commande `run`.",
                "运行 npm start。",
                "Yes."
            })
    void isNotAnAnswer(String answer) {
        assertThat(Declined.is(answer)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {600})
    void isNotALongText(int length) {
        assertThat(Declined.is("The passages do not say it. " + "x".repeat(length))).isFalse();
    }
}
