/** What the widget's button loads when it is pressed: the rest, under a name that changes with it. */
export * from './web/VERSION/docent-chat.js';
