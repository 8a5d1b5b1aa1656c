@NullMarked
package dev.docent.config;

import org.jspecify.annotations.NullMarked;
