/** MongoDB itself, for machines that have it or can pull it. */
export const mongoImage = 'mongo:8'
