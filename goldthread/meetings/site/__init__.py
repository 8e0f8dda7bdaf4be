"""The pages of boards for the public: only what is open and published."""
