//! Objects that want to be asked again.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{
    Advance, Answer, Asker, Completion, ManagedObject, ReadError, Ticket,
};

use super::{Journal, Rig, object, told};

/// Wants to be asked again so many times before it has an answer.
struct Again {
    responder: Rc<RefCell<Option<RegisteredResponder>>>,
    left: u32,
    asked: Rc<Cell<u32>>,
}

impl Again {
    fn is_there(&mut self, asker: &Asker<'_>) -> Result<(), Ticket> {
        self.asked.set(self.asked.get() + 1);
        if self.left == 0 {
            return Ok(());
        }
        self.left -= 1;
        let ticket = asker.ticket();
        let responder = self.responder.borrow();
        let responder = responder.as_ref().expect("it is served");
        assert!(responder.complete(ticket, Completion::Again));
        Err(ticket)
    }
}

impl ManagedObject for Again {
    fn get(&mut self, asker: &Asker<'_>, _: &[u32]) -> Result<Answer<'_>, ReadError> {
        Ok(match self.is_there(asker) {
            Ok(()) => Answer::Owned(Value::Integer(7)),
            Err(ticket) => Answer::Later(ticket),
        })
    }

    fn advance(&mut self, asker: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        match self.is_there(asker) {
            Ok(()) if instance.is_empty() => {
                *instance = vec![0];
                Advance::Found
            }
            Ok(()) => Advance::End,
            Err(ticket) => Advance::Later(ticket),
        }
    }
}

#[test]
fn an_object_that_wants_to_be_asked_again_holds_nobody_up() {
    let mut rig = Rig::new();
    let asked = Rc::new(Cell::new(0));
    for is_next in [false, true] {
        let again = Again {
            responder: Rc::new(RefCell::new(Some(rig.responder.clone()))),
            left: 100_000,
            asked: Rc::clone(&asked),
        };
        rig.responder.register(object(5), again).expect("free");
        asked.set(0);
        let slow = match is_next {
            true => told(rig.manager.next([object(5)])),
            false => rig.ask(&[5]),
        };
        let other = rig.ask(&[1]);
        let journal = Journal::default();
        let answered = [slow, other].map(|asked| {
            let noting = journal.clone();
            asked.map(move |text| noting.note(text))
        });
        for answered in answered {
            rig.wait(answered);
        }
        // The one that was asked later is answered before.
        assert_eq!(journal.take(), ["at once", "7"]);
        // GETNEXT reads the value, too.
        assert_eq!(asked.get(), 100_001 + u32::from(is_next));
        rig.responder.unregister(&object(5));
    }
}
