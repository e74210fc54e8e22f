//! The applications of RFC 3413 without sockets: commands, the command responder, access control, walks.

mod access;
mod command_generator;
mod command_responder;
mod split;
mod walk;
