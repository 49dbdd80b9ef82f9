"""这个风险模型靠得住吗？ The sentence of the last year; the signed card, the backtest, what it does not show, the next one."""

from analytics import model_candidates, model_card, model_even, model_shadow, model_tested
from pages.parts import backtest, candidates, frame, model_warning, session, shadow, signed_card, unseen

me, desk = session.person(), session.desk()
frame.header("这个风险模型靠得住吗？", "全市")
told = model_tested.tested(desk, me)
model_warning.beside()
backtest.answer(told)
part = backtest.section()
if part == backtest.CARD:
    found = model_card.card(desk, me)
    if found is None:
        signed_card.none()
    else:
        signed_card.facts(found)
        signed_card.scorecard(found)
        signed_card.left_out(found)
        shadow.shadow(model_shadow.beside(desk, me))
    signed_card.method()
elif part == backtest.DRIFT:
    unseen.drift(told, model_card.watched(desk, me), model_even.borders(desk))
elif part == backtest.TRAINING:
    candidates.training()
    candidates.waiting(model_candidates.waiting(desk, me))
    candidates.approved(model_candidates.approved(desk, me))
elif told is None:
    backtest.waiting(part)
elif part == backtest.LOOKED_BACK:
    backtest.looked_back(told)
elif part == backtest.CURVE:
    backtest.curve(told)
elif part == backtest.UNSEEN:
    unseen.unseen(told, me.city_wide)
else:
    unseen.even(told, model_even.borders(desk))
