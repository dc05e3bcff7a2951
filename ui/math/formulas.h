#pragma once

#include "ui/math/formula.h"
#include "ui/script/script_worker.h"

#include <QCache>
#include <QSet>
#include <QTimer>

#include <deque>

namespace ponder::ui {

/// In the line, or by itself with room for limits above and below.
enum class FormulaStyle : quint8 { Inline, Display };

/// TeX and how it is to be set.
struct FormulaSource {
    QString tex; ///< without its dollars
    FormulaStyle style = FormulaStyle::Inline;

    bool operator==(const FormulaSource&) const = default;
    friend size_t qHash(const FormulaSource& source, size_t seed) {
        return qHashMulti(seed, source.tex, int(source.style));
    }
};

/// Takes the dollars off; the style is that of two or one of them.
FormulaSource formulaSource(QStringView withDollars);

/// Formulas by their source: KaTeX finds out on the script worker what they look like, and what it has found
/// is kept for the next time. UI thread only.
class Formulas : public QObject {
    Q_OBJECT
public:
    /// Longer ones take KaTeX too long: their source is shown.
    static constexpr int kLongestSource = 2000;

    Formulas(ScriptWorker& scripts, const QFont& text, QObject* parent = nullptr);
    ~Formulas() override;

    struct Answer {
        Formula formula;      ///< null while it is not known, and where there is none
        bool pending = false; ///< nobody knows yet; where it has been asked for, `ready` says when
        QString failure;      ///< why there is none
    };
    /// What is known of it.
    Answer find(const FormulaSource& source) const;
    /// It is about to be seen: what is asked for last is done first, and what has waited long behind others
    /// is forgotten.
    void ask(const FormulaSource& source);

    /// Nothing is asked for that is not answered.
    bool isIdle() const { return waiting_.empty() && begun_.isEmpty() && !readyTimer_.isActive(); }

signals:
    /// Some that were pending are no more.
    void ready();

private:
    struct Known {
        Formula formula;
        QString failure;
    };

    void begin();
    void take(const FormulaSource& source, const ScriptAnswer& answer);

    ScriptWorker& scripts_;
    std::shared_ptr<FormulaFonts> fonts_;
    QCache<FormulaSource, Known> known_;
    std::deque<FormulaSource> waiting_; ///< the last one is next
    QSet<FormulaSource> begun_;
    QTimer readyTimer_;
};

} // namespace ponder::ui
