"""What people think of an answer, and apart from the figures, why."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(64)),
        sa.Column("language", sa.String(8)),
        sa.CheckConstraint("score IN (-1, 1)", name=op.f("ck_feedback_score")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint(
            "conversation_id", "message_id", name=op.f("uq_feedback_conversation_id_message_id")
        ),
    )
    op.create_index("ix_feedback_at", "feedback", ["at"])
    op.create_table(
        "feedback_comments",
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("comment", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["feedback.id"], name=op.f("fk_feedback_comments_feedback_id")
        ),
        sa.PrimaryKeyConstraint("feedback_id", name=op.f("pk_feedback_comments")),
    )
    op.create_index("ix_feedback_comments_at", "feedback_comments", ["at"])


def downgrade() -> None:
    op.drop_table("feedback_comments")
    op.drop_table("feedback")
