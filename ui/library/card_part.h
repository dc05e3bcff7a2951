#pragma once

#include "ui/library/library_values.h"
#include "ui/widgets/page_scroll.h"

class QVBoxLayout;

namespace ponder::ui {

class Button;
class FactGrid;
class HashLine;
class Label;
class PlanPart;
class PromptView;
class ShareTable;
class Theme;

/// The card of one model: what it is, whether it fits, and what can be done with it. UI thread only.
class CardPart : public PageScroll {
    Q_OBJECT
public:
    explicit CardPart(Theme& theme, QWidget* parent = nullptr);

    void setCard(const LibraryCard& card);
    void setPlan(const PlanView& plan);
    void setHash(const CardHash& hash);
    void setPrompt(const PromptSample& prompt);
    const LibraryCard& card() const { return card_; }

signals:
    void useRequested();
    void removalRequested();
    void folderRequested();
    void verifyRequested();
    void promptRequested();
    void templateRequested();
    void planChosen(const PlanChoice& choice);
    void measureRequested();

private:
    struct Section {
        QWidget* whole;
        QVBoxLayout* column;
    };
    Section addSection(const QString& title);
    void addHead();
    void addSections();

    LibraryCard card_;
    Label* name_;
    Label* line_;
    Label* problem_;
    Label* notices_;
    Button* use_;
    Button* remove_;
    Section fit_, facts_, types_, prompt_, tokens_, sampling_, files_;
    PlanPart* plan_;
    FactGrid* factGrid_;
    ShareTable* shares_;
    Label* templateOrigin_;
    Label* promptWords_;
    Button* promptButton_;
    PromptView* promptView_;
    FactGrid* tokenGrid_;
    FactGrid* samplingGrid_;
    FactGrid* pathGrid_;
    HashLine* hash_;
};

} // namespace ponder::ui
