#pragma once

#include "ui/math/formulas.h"
#include "ui/script/script_worker.h"
#include "ui/script/syntax_colourer.h"

#include <QObject>

namespace ponder::ui {

class Theme;

/// What makes more of text than its characters, a moment after it is shown: the scripts run on a worker, and
/// what they find out is kept for the next time. One object, made beside the theme, which hands it to blocks.
/// UI thread only.
class Typesetter : public QObject {
    Q_OBJECT
public:
    explicit Typesetter(Theme& theme, QObject* parent = nullptr);
    ~Typesetter() override;

    ScriptWorker& scripts() { return scripts_; }
    SyntaxColourer& syntax() { return syntax_; }
    Formulas& formulas() { return formulas_; }

private:
    Theme& theme_;
    ScriptWorker scripts_;
    SyntaxColourer syntax_{scripts_};
    Formulas formulas_;
};

} // namespace ponder::ui
