"""What goes in and comes out, as OpenAPI documents it. Nothing beyond these keys is taken or given."""
