package dev.docent.config;

/**
 * One line of the settings' reference.
 *
 * @param key the dotted key in YAML
 * @param variable the environment variable that overrides it
 * @param fallback the default as it is written; empty where there is none
 */
public record SettingSpec(String key, String variable, String fallback) {}
