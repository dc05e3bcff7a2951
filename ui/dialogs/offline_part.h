#pragma once

#include "ui/dialogs/settings_part.h"
#include "ui/dialogs/window_facts.h"

class QVBoxLayout;

namespace ponder::ui {

class DialogLine;
enum class TextStyle;

/// The proof that nothing leaves this computer: what each process may do, and what the kernel says it has
/// open at this moment.
class OfflinePart : public SettingsPart {
    Q_OBJECT
public:
    OfflinePart(Theme& theme, const QString& title, QWidget* parent = nullptr);

    void setFacts(const OfflineFacts& facts);

signals:
    /// Asked for when the part is shown, and by its button.
    void factsWanted();

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* cardOf(const ProcessFacts& process);

    DialogLine* sockets_;
    QWidget* processes_;
    QVBoxLayout* cards_;
};

} // namespace ponder::ui
