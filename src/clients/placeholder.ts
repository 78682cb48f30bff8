/**
 * Spring and Quarkus take `${…}` in a variable's value for a placeholder, and both take `\${` for the characters themselves (tried with
 * Spring Boot 4.1 and Quarkus 3.37; Spring since 6.2). Without the backslash a password with `${HOME}` in it is another password.
 */
export const withoutPlaceholders = (text: string): string => text.replaceAll('${', '\\${');

/** What users of an older version should know, when it concerns them. */
export const placeholderNotice = (title: string, password = ''): string | undefined =>
  password.includes('${')
    ? `The password holds \`\${\`, which ${title} takes for a placeholder: it is written as \`\\\${\`, which older versions do not understand.`
    : undefined;
