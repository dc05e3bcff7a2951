#pragma once

#include <QString>
#include <QStringList>

#include <span>

namespace ponder::ui {

/// A language in which code can be coloured.
struct CodeLanguage {
    const char* title;   ///< as people write it
    const char* grammar; ///< Prism's name
    const char* names;   ///< what may stand behind a fence, lower case
    const char* needs;   ///< grammars that have to be read before, in this order
};

std::span<const CodeLanguage> codeLanguages();

/// By what stands behind the fence, in any case; null: not one of ours.
const CodeLanguage* findCodeLanguage(const QString& name);

/// What a reader is told: "Python" for "py", and what was written where it is not one of ours.
QString codeLanguageTitle(const QString& name);

/// The scripts that colour it, in the order in which they have to be read.
QStringList grammarScripts(const CodeLanguage& language);

} // namespace ponder::ui
