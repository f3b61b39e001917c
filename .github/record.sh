#!/usr/bin/env bash
# Keeps the branch `record` in content/record, so that what the machine writes never touches `main`.
#
#   record.sh mount    before a pull: brings the branch, or starts it when there is none
#   record.sh save     after a pull: commits what is new and pushes it
#
# Where `main` carries content/record itself, both leave it alone. GITHUB_TOKEN, when it is set, reaches git through
# the environment: it stands in no address, no file and no argument.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

folder=content/record
branch=record
bot='github-actions[bot]'

if [ -n "${GITHUB_TOKEN:-}" ]; then
  export GIT_CONFIG_COUNT=1
  export GIT_CONFIG_KEY_0="http.${GITHUB_SERVER_URL:-https://github.com}/.extraheader"
  GIT_CONFIG_VALUE_0="Authorization: Basic $(printf 'x-access-token:%s' "$GITHUB_TOKEN" | base64 | tr -d '\n')"
  export GIT_CONFIG_VALUE_0
fi

mount() {
  local origin found
  if [ -e "$folder" ]; then
    echo "$folder is there already: nothing is mounted over it."
    exit 1
  fi
  origin=$(git remote get-url origin)
  found=$(git ls-remote "$origin" "refs/heads/$branch")
  git init --quiet --initial-branch="$branch" "$folder"
  git -C "$folder" remote add origin "$origin"
  if [ -z "$found" ]; then
    echo "The branch $branch is not there yet: the first save makes it."
    return
  fi
  git -C "$folder" fetch --quiet --depth=1 origin "$branch"
  git -C "$folder" reset --quiet --hard FETCH_HEAD
}

save() {
  export GIT_AUTHOR_NAME="$bot" GIT_COMMITTER_NAME="$bot"
  export GIT_AUTHOR_EMAIL="41898282+$bot@users.noreply.github.com"
  export GIT_COMMITTER_EMAIL="$GIT_AUTHOR_EMAIL"
  cd "$folder"
  git add --all -- . ':(exclude)*.part'
  if git diff --cached --quiet; then
    echo "Nothing is new on record."
    return
  fi
  git commit --quiet --message="Pull:$(git diff --cached --shortstat)"
  if ! git push --quiet origin "HEAD:refs/heads/$branch"; then
    git fetch --quiet origin "$branch"
    git rebase --quiet FETCH_HEAD
    git push --quiet origin "HEAD:refs/heads/$branch"
  fi
}

if [ -n "$(git ls-files -- "$folder")" ]; then
  echo "This branch carries $folder itself: left alone."
  exit 0
fi
case "${1:-}" in
  mount) mount ;;
  save) save ;;
  *)
    echo "usage: record.sh mount|save" >&2
    exit 2
    ;;
esac
