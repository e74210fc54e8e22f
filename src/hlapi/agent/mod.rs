//! A whole agent in one value.

#[expect(clippy::module_inception, reason = "the file is named by its type")]
mod agent;
mod agent_builder;
mod agent_context;

pub use agent::Agent;
pub use agent_builder::AgentBuilder;
pub use agent_context::AgentContext;
