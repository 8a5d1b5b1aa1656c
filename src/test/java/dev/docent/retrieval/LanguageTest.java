package dev.docent.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource({
        "how do I set the threshold of an alarm, en",
        "wie stelle ich die Schwelle eines Alarms ein, de",
        "comment régler le seuil d'une alarme, fr",
        "cómo se ajusta el umbral de una alarma, es",
        "como ajustar o limiar de um alarme, pt",
        "come si imposta la soglia di un allarme, it",
        "hoe stel ik de drempel van een alarm in, nl",
        "как настроить порог тревоги, CYRILLIC",
        "如何设置 alarm 的阈值, HAN",
        "アラームの閾値を設定する方法, HIRAGANA",
        "알람 임계값 설정, HANGUL",
        "alarm threshold, en",
        "how do I print 中文 in the log, en"
    })
    void isToldByScriptAndFrequentWords(String text, String language) {
        assertThat(Language.of(text)).isEqualTo(language);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alarm threshold metres",
                "tidewatch silence --for 30m",
                "what does die mean in the log",
                "install on a mac",
                "como",
                "is it so, or am I wrong",
                "thresold setings"
            })
    void ofAnEnglishQuestionDiffersFromOtherSitesAlone(String question) {
        assertThat(Language.differs(question, "en")).isEqualTo(question.equals("como"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wie stelle ich die Schwelle ein",
                "où est le seuil",
                "какая завтра погода",
                "今天天气怎么样"
            })
    void ofOtherQuestionsDiffersFromAnEnglishSite(String question) {
        assertThat(Language.differs(question, "en")).isTrue();
        assertThat(Language.differs(question, Language.of(question))).isFalse();
    }
}
