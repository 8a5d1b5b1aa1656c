package dev.docent.chat;

import java.time.Duration;

/**
 * How answers are given.
 *
 * @param historyPairs how many earlier question/answer pairs an answer takes into account
 * @param maxAnswer the longest answer in characters; the model is stopped there
 * @param storeWait how long the last event waits for the exchange to be stored
 */
public record ChatSettings(int historyPairs, int maxAnswer, Duration storeWait) {}
